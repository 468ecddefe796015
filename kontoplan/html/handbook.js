"use strict";
(function () {
  var felt = document.getElementById("sok");
  var status = document.getElementById("treff");
  var alle = document.getElementById("alle");
  var velg = document.getElementById("velg");
  var forside = document.getElementById("forside");
  var deler = Array.prototype.slice.call(document.querySelectorAll("[data-sok]"));
  var kapitler = Array.prototype.slice.call(document.querySelectorAll("[data-kapittel]"));
  var venter = 0;
  function lik(tekst) {
    return tekst.toLowerCase().normalize("NFC").replace(/\s+/g, " ");
  }
  function les(del) {
    if (del.lest === undefined) {
      var egne = del.querySelectorAll("[data-egen]");
      del.lest = lik(del.textContent);
      del.egen = egne.length ? lik(Array.prototype.map.call(egne, function (e) { return e.textContent; }).join(" ")) : del.lest;
    }
    return del;
  }
  function sok() {
    var ord = lik(felt.value).trim().split(" ").filter(Boolean);
    function har(tekst) { return ord.every(function (o) { return tekst.indexOf(o) !== -1; }); }
    var egne = 0, nevnt = 0;
    deler.forEach(function (del) {
      les(del);
      del.er = har(del.egen) ? 2 : har(del.lest) ? 1 : 0;
      if (del.dataset.sok === "gruppe") { egne += del.er === 2 ? 1 : 0; nevnt += del.er === 1 ? 1 : 0; }
    });
    var minst = alle.checked || egne === 0 ? 1 : 2;
    deler.forEach(function (del) { del.hidden = del.er < minst; });
    kapitler.forEach(function (k) {
      k.hidden = ord.length > 0 && !k.querySelector("[data-sok]:not([hidden])");
    });
    forside.hidden = ord.length > 0;
    velg.hidden = ord.length === 0 || egne === 0 || nevnt === 0;
    var funnet = minst === 1 ? egne + nevnt : egne;
    status.textContent = ord.length ? (funnet === 0 ? "Ingen treff" : funnet + " treff") : "";
  }
  alle.addEventListener("change", sok);
  felt.addEventListener("input", function () { clearTimeout(venter); venter = setTimeout(sok, 120); });
  felt.addEventListener("keydown", function (e) { if (e.key === "Escape") { felt.value = ""; sok(); } });
  window.addEventListener("hashchange", function () { if (felt.value) { felt.value = ""; sok(); var m = document.getElementById(location.hash.slice(1)); if (m) { m.scrollIntoView(); } } });
  document.getElementById("sokelinje").hidden = false;
}());
