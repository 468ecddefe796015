"use strict";
(function () {
  var liste = document.getElementById("liste");
  if (!liste) { return; }
  var sok = document.getElementById("sok");
  var orden = document.getElementById("orden");
  var antall = document.getElementById("antall");
  var ingen = document.getElementById("ingen");
  var valg = Array.prototype.slice.call(document.querySelectorAll("[data-felt]"));
  var funn = Array.prototype.slice.call(liste.tBodies);
  var venter = 0;
  function lik(tekst) {
    return tekst.toLowerCase().normalize("NFC").replace(/[\s\u00a0]+/g, " ");
  }
  function velg() {
    var ord = lik(sok.value).trim().split(" ").filter(Boolean);
    var vist = 0;
    funn.forEach(function (f) {
      var med = valg.every(function (v) { return v.value === "" || f.dataset[v.dataset.felt] === v.value; });
      if (med && ord.length) {
        if (f.lest === undefined) { f.lest = lik(f.textContent); }
        med = ord.every(function (o) { return f.lest.indexOf(o) !== -1; });
      }
      f.hidden = !med;
      vist += med ? 1 : 0;
    });
    ingen.hidden = vist > 0;
    antall.textContent = "Viser " + vist.toLocaleString("nb") + " av " + funn.length.toLocaleString("nb");
  }
  function ordne() {
    var felt = orden.value;
    var vei = felt === "nr" || felt === "rad" ? 1 : -1;
    funn.sort(function (a, b) { return vei * (a.dataset[felt] - b.dataset[felt]) || a.dataset.nr - b.dataset.nr; });
    funn.forEach(function (f) { liste.appendChild(f); });
  }
  valg.forEach(function (v) { v.addEventListener("change", velg); });
  orden.addEventListener("change", ordne);
  sok.addEventListener("input", function () { clearTimeout(venter); venter = setTimeout(velg, 120); });
  sok.addEventListener("keydown", function (e) { if (e.key === "Escape") { sok.value = ""; velg(); } });
  document.getElementById("velger").hidden = false;
  velg();
}());
