// Before the link is open: says that something waits on this phone, if it was told by this link.
(async () => {
  "use strict";

  const words = document.querySelector("[data-waits]");
  if (!words || !self.kept) return;
  words.hidden = !(await self.kept.store.waitsFrom(location.pathname));
})();
