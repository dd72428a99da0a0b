// Steps through the slides with the keys. Without it the page is read from above, and each slide has its links.
"use strict";

(() => {
  const slides = [...document.querySelectorAll(".slide")];

  const current = () => {
    const middle = window.innerHeight / 2;
    const found = slides.findIndex((slide) => slide.getBoundingClientRect().bottom > middle);
    return found < 0 ? slides.length - 1 : found;
  };

  const show = (number) => {
    const slide = slides[Math.max(0, Math.min(slides.length - 1, number))];
    slide.scrollIntoView();
    slide.focus({ preventScroll: true });
    history.replaceState(null, "", `#${slide.id}`);
  };

  const steps = {
    ArrowRight: () => current() + 1,
    ArrowDown: () => current() + 1,
    PageDown: () => current() + 1,
    ArrowLeft: () => current() - 1,
    ArrowUp: () => current() - 1,
    PageUp: () => current() - 1,
    Home: () => 0,
    End: () => slides.length - 1,
  };

  const goesOn = (key) => {
    // a slide taller than the screen is read to its end before the next one comes
    const { top, bottom } = slides[current()].getBoundingClientRect();
    return (key === "ArrowDown" && bottom > window.innerHeight + 1) || (key === "ArrowUp" && top < -1);
  };

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !(event.key in steps) || goesOn(event.key)) return;
    event.preventDefault();
    show(steps[event.key]());
  });
})();
