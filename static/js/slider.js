// A list of days becomes a slider: to pull, or to step with the arrow keys. The list stays, and shows the day that is chosen.
"use strict";

for (const list of document.querySelectorAll("select[data-slider]")) {
  const days = [...list.options].sort((one, other) => one.value.localeCompare(other.value));
  if (days.length < 2) continue;
  const slider = document.createElement("input");
  slider.type = "range";
  slider.className = "slider";
  slider.max = String(days.length - 1);
  slider.setAttribute("aria-label", list.dataset.slider);

  const show = () => slider.setAttribute("aria-valuetext", days[slider.value].text);

  slider.addEventListener("input", () => {
    days[slider.value].selected = true;
    show();
  });

  const follow = () => {
    slider.value = String(days.indexOf(list.options[list.selectedIndex]));
    show();
  };

  list.addEventListener("change", follow);
  list.before(slider);
  follow();
}
