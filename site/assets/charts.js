// Draws every `.aid-chart` from its Vega-Lite specification, as SVG, without eval, in the page's
// own ink: axes and words take the colours of components.css, so light, dark and print need no
// second drawing.
(function () {
  "use strict";

  var INK = "currentColor";
  var axis = {
    labelColor: INK, titleColor: INK, tickColor: INK, domainColor: INK, gridColor: INK,
    gridOpacity: 0.14, domainOpacity: 0.45, tickOpacity: 0.45, labelFontSize: 12,
    titleFontSize: 12, titleFontWeight: "normal", labelLimit: 220,
  };
  var config = {
    axis: axis,
    legend: { labelColor: INK, titleColor: INK, labelFontSize: 12, titleFontSize: 12 },
    header: { labelColor: INK, titleColor: INK },
    title: { color: INK, subtitleColor: INK },
    text: { color: INK, fontSize: 12 },
    view: { stroke: null },
  };

  function draw(chart) {
    var spec = JSON.parse(chart.querySelector(".aid-spec").textContent);
    var place = document.createElement("div");
    place.className = "aid-drawing";
    chart.append(place);
    chart.dataset.drawn = "begun";
    return window
      .vegaEmbed(place, spec, {
        mode: "vega-lite", renderer: "svg", actions: false, ast: true, config: config,
        formatLocale: { decimal: ".", thousands: ",", grouping: [3], currency: ["¥", ""] },
      })
      .then(function (drawn) {
        chart.dataset.drawn = "done";
        return drawn.view;
      });
  }

  // A chart is drawn once it has a width (a closed Quarto tab has none) and follows its width.
  function follow(chart) {
    var view = null;
    var width = 0;
    new ResizeObserver(function () {
      if (!chart.clientWidth || chart.clientWidth === width) return;
      width = chart.clientWidth;
      if (!chart.dataset.drawn) {
        draw(chart).then(function (made) {
          view = made;
        });
      } else if (view) {
        window.dispatchEvent(new Event("resize"));
      }
    }).observe(chart);
  }

  function start() {
    document.querySelectorAll(".aid-chart").forEach(follow);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
