// Shows the page anew when the server says that it has changed. Only in a preview.
const { page, was } = document.currentScript.dataset;
const told = document.createElement("p");
told.id = "preview-ended";
told.setAttribute("role", "status");
document.body.append(told);

const ask = async () => {
  let again = 1000;
  try {
    const asked = new URLSearchParams({ page, was });
    const answer = await fetch(`/-/state?${asked}`, { cache: "no-store" });
    if (answer.ok) {
      if ((await answer.text()) !== was) {
        location.reload();
        return;
      }
      again = 0;
    }
    told.textContent = "";
  } catch {
    told.textContent = "The preview has ended.";
  }
  setTimeout(ask, again);
};
ask();
