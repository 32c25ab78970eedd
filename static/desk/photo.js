// What is printed of a photograph: a frame over the chosen file, by mouse, touch or keys, and the same as numbers.
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const input = byId("id_new_photo");
  const crop = byId("photo-crop");
  if (!input || !crop) return;
  const canvas = byId("photo-canvas");
  const frame = byId("photo-frame");
  const shape = byId("photo-shape");
  const shapeField = byId("photo-shape-field");
  const said = byId("photo-crop-said");
  const fields = Object.fromEntries(
    ["left", "top", "width", "height"].map((side) => [side, byId(`id_crop_${side}`)]),
  );
  const widestShown = 640;
  const highestShown = 420;
  const smallest = 5;
  const unread = gettext(
    "This browser cannot show the picture. The service may read it; set the numbers by hand, or leave them empty.",
  );
  let dots = null;
  let box = null;

  // --- The chosen file ---------------------------------------------------------------------------------------------
  input.addEventListener("change", async () => {
    const file = input.files[0];
    dots = null;
    write(null);
    crop.hidden = shapeField.hidden = true;
    if (!file) return;
    let picture;
    try {
      picture = await createImageBitmap(file);
    } catch {
      crop.hidden = false;
      canvas.hidden = frame.hidden = true;
      say(unread, true);
      return;
    }
    say("", false);
    dots = { width: picture.width, height: picture.height };
    const scale = Math.min(1, widestShown / dots.width, highestShown / dots.height);
    canvas.width = Math.round(dots.width * scale);
    canvas.height = Math.round(dots.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    crop.hidden = shapeField.hidden = canvas.hidden = frame.hidden = false;
    shape.selectedIndex = dots.width > dots.height ? 0 : 1;
    begin();
  });
  shape.addEventListener("change", begin);

  // --- The frame: left, top and width in per cent; its height follows from its shape --------------------------------
  function highFor(width) {
    const [wide, high] = shape.value.split(":").map(Number);
    return ((width * dots.width) / dots.height) * (high / wide);
  }
  function widest() {
    return Math.min(100, 10_000 / highFor(100));
  }
  function begin() {
    if (!dots) return;
    if (!shape.value) {
      write(null);
      say(gettext("The whole photograph is printed."));
      return;
    }
    const width = widest();
    place({ left: (100 - width) / 2, top: (100 - highFor(width)) / 2, width });
  }
  function place({ left, top, width }) {
    const wide = Math.min(Math.max(width, smallest), widest());
    const high = highFor(wide);
    write({
      left: between(left, 100 - wide),
      top: between(top, 100 - high),
      width: wide,
      height: high,
    });
  }
  function between(value, most) {
    return Math.min(Math.max(value, 0), Math.max(most, 0));
  }
  function write(next) {
    box = next;
    for (const [side, field] of Object.entries(fields)) {
      // Cut off and not rounded, so that two of them never make more than all.
      field.value = box ? Math.floor(box[side] * 100) / 100 : "";
      if (box) frame.style[side] = `${box[side]}%`;
    }
    frame.hidden = !box;
    if (box)
      say(
        interpolate(
          gettext("Left %(left)s %, top %(top)s %, width %(width)s %, height %(height)s %."),
          {
            left: Math.round(box.left),
            top: Math.round(box.top),
            width: Math.round(box.width),
            height: Math.round(box.height),
          },
          true,
        ),
      );
  }
  function say(words, seen = false) {
    said.textContent = words;
    said.classList.toggle("desk-hidden", !seen);
  }
  for (const [side, field] of Object.entries(fields))
    field.addEventListener("change", () => {
      if (!dots || !box) return;
      const value = Number(field.value);
      if (!Number.isFinite(value) || field.value === "") return;
      if (side === "height") place({ ...box, width: (box.width * value) / box.height });
      else place({ ...box, [side]: value });
    });

  // --- By keys -----------------------------------------------------------------------------------------------------
  frame.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 10 : 1;
    const moves = {
      ArrowLeft: { left: -step },
      ArrowRight: { left: step },
      ArrowUp: { top: -step },
      ArrowDown: { top: step },
      "+": { width: 2 },
      "=": { width: 2 },
      "-": { width: -2 },
    };
    const move = moves[event.key];
    if (!move || !box) return;
    event.preventDefault();
    place(added(box, move));
  });
  function added(from, by) {
    return Object.fromEntries(["left", "top", "width"].map((side) => [side, from[side] + (by[side] ?? 0)]));
  }

  // --- By hand -----------------------------------------------------------------------------------------------------
  let held = null;
  frame.addEventListener("pointerdown", (event) => {
    if (!box) return;
    held = { x: event.clientX, y: event.clientY, box, corner: "corner" in event.target.dataset };
    frame.setPointerCapture(event.pointerId);
  });
  frame.addEventListener("pointermove", (event) => {
    if (!held) return;
    const area = canvas.getBoundingClientRect();
    const across = ((event.clientX - held.x) / area.width) * 100;
    const down = ((event.clientY - held.y) / area.height) * 100;
    if (held.corner) grow(held.box, across);
    else place(added(held.box, { left: across, top: down }));
  });
  function grow(from, across) {
    const room = Math.min(100 - from.left, ((100 - from.top) * from.width) / from.height);
    place({ ...from, width: Math.min(from.width + across, room) });
  }
  for (const name of ["pointerup", "pointercancel"])
    frame.addEventListener(name, () => {
      held = null;
    });
})();
