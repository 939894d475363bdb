// The keys of the page: what each one does, and when it is not meant for the page.
import { useLayoutEffect } from "preact/hooks";

export const KEYS = [
  ["j", "next fact"],
  ["k", "previous fact"],
  ["a", "accept it"],
  ["r", "reject it"],
  ["e", "edit it"],
  ["u", "undo the decision"],
  ["n", "add a fact that was not found"],
  ["/", "search"],
  ["t", "pictures or text"],
  ["+", "larger pictures"],
  ["-", "smaller pictures"],
  ["s", "save the corrections"],
  ["?", "this help"],
];

// `actions` by key; `escape` closes what is open.
export function useKeys(actions, escape) {
  useLayoutEffect(() => {
    // at once, so that a quick second key already meets the fact that the first led to
    const press = (event) => {
      if (event.key === "Escape") {
        escape(event);
        return;
      }
      const writing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
      if (event.ctrlKey || event.metaKey || event.altKey || writing || document.querySelector("dialog[open]")) return;
      if (actions[event.key]) {
        event.preventDefault();
        actions[event.key]();
      }
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
}
