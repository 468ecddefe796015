"""Sider av maler i denne mappen; alt som settes inn, er tekst og aldri HTML."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files


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


def page_with_script(name: str, **values: object) -> str:
    """Siden av ``NAVN.html.j2`` med ``NAVN.css`` og ``NAVN.js``; summene av dem står i siden, så bare de kan kjøre."""
    from markupsafe import Markup  # noqa: PLC0415 - følger med Jinja2, og lastes når den trengs

    style, script = (files("kontoplan.html").joinpath(f"{name}.{kind}").read_text("utf-8") for kind in ("css", "js"))
    return page(
        f"{name}.html.j2",
        stil=Markup(style),  # noqa: S704 - programmets egne filer, uten noe utenfra
        skript=Markup(script),  # noqa: S704 - det samme
        stilsum=_digest(style),
        skriptsum=_digest(script),
        **values,
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
