/**
 * The half of interact()'s controls that runs in JupyterLab, within anywidget. They stand in place
 * of a text that the cell shows. A view of Jupyter's own would leave an error in the saved notebook.
 */
export default {
  initialize({ model, signal }) {
    // The page was loaded again: outputs that come now belong to no cell of it.
    if (model.get("isOpen")) return;
    model.set("isOpen", true);
    model.save_changes();
    whenThere(`[data-controls="${model.get("place")}"]`, { signal, use });

    function use(place) {
      const text = [...place.childNodes];
      place.replaceChildren(...model.get("controls").map((control) => row(control, model)));
      place.role = "group";
      place.ariaLabel = "Controls of the figure";
      // The kernel begins anew, or has closed the comm: nobody listens any more.
      const leave = () => place.replaceChildren(...text);
      model.on("comm_live_update", leave);
      signal.addEventListener("abort", leave);
    }
  },
};

/** Uses an element as soon as it is in the page. */
function whenThere(selector, { signal, use }) {
  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true });
  signal.addEventListener("abort", () => observer.disconnect());
  look();

  function look() {
    const element = document.querySelector(selector);
    if (element === null) return;
    observer.disconnect();
    use(element);
  }
}

/** A control with its label. */
function row({ name: key, label: words, ...element }, model) {
  const change = (value) => {
    model.set("values", { ...model.get("values"), [key]: value });
    model.save_changes();
  };
  const value = model.get("values")[key];
  const text = document.createElement("span");
  text.textContent = words;
  const [input, ...rest] = MAKE[element.kind](element, { value, change });
  // JupyterLab would take the arrow keys to go from cell to cell.
  input.dataset.lmSuppressShortcuts = "true";
  const label = document.createElement("label");
  label.append(text, input);
  const line = document.createElement("div");
  line.append(label, ...rest);
  return line;
}

const MAKE = {
  slider({ min, max, step }, { value, change }) {
    const input = Object.assign(document.createElement("input"), { type: "range", min, max, step });
    // Only now, that it does not lie outside of a slider's usual ends.
    input.value = value;
    const shown = document.createElement("span");
    // The slider says it by itself.
    shown.ariaHidden = "true";
    shown.textContent = value;
    input.addEventListener("input", () => {
      shown.textContent = input.valueAsNumber;
      change(input.valueAsNumber);
    });
    return [input, shown];
  },
  select({ options }, { value, change }) {
    const list = document.createElement("select");
    list.append(...options.map((option) => new Option(option, option)));
    list.value = value;
    list.addEventListener("change", () => change(list.value));
    return [list];
  },
  checkbox(_, { value, change }) {
    const box = Object.assign(document.createElement("input"), { type: "checkbox" });
    box.checked = value;
    box.addEventListener("change", () => change(box.checked));
    return [box];
  },
};
