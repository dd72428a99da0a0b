// Drag an item of the agenda to where it is to stand. The buttons do the same without this.
"use strict";

for (const list of document.querySelectorAll("[data-order]")) {
  const form = document.getElementById(list.dataset.order);
  const items = () => [...list.children];
  let dragged = null;
  let before = "";

  const order = () => items().map((item) => item.dataset.item).join(",");

  for (const item of items()) {
    item.draggable = true;
    item.classList.add("agenda__movable");
    item.addEventListener("dragstart", (event) => {
      event.stopPropagation(); // a part moves alone, not with the item that it is a part of
      dragged = item;
      before = order();
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", item.dataset.item);
      item.classList.add("agenda__dragged");
    });
    item.addEventListener("dragend", () => {
      item.classList.remove("agenda__dragged");
      dragged = null;
    });
  }

  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const over = items().find((item) => item !== dragged && item.contains(event.target));
    if (!over) return;
    const { top, height } = over.getBoundingClientRect();
    list.insertBefore(dragged, event.clientY < top + height / 2 ? over : over.nextSibling);
  });

  list.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    if (order() === before) return;
    form.elements.ids.value = order();
    form.submit();
  });
}
