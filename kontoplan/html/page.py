"""Sider av maler i denne mappen; alt som settes inn, er tekst og aldri HTML."""

from __future__ import annotations


def page(template: str, **values: object) -> str:
    """Siden malen gir med verdiene; en verdi som mangler, er en feil."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - lastes når den trengs

    environment = Environment(
        loader=PackageLoader("kontoplan.html", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(**values)
