import { DISPLAY, type Displayable, METADATA } from "../figures/mod.ts";
import { isKernel } from "./is_kernel.ts";

/**
 * A place under a cell whose content changes while the cell runs; what it showed last is what the
 * notebook keeps. Outside of the kernel nothing is shown.
 *
 * @example
 * ```ts ignore
 * const output = liveOutput();
 * for (const position of positions) await output.show(convolutionFigure(position));
 * ```
 */
export function liveOutput(): { show(content: Displayable): Promise<void> } {
  const displayId = crypto.randomUUID();
  let shown = false;
  return {
    async show(content) {
      if (!isKernel()) return;
      const type = shown ? "update_display_data" : "display_data";
      const data = content[DISPLAY]();
      // Set before the wait, during which more may come that is to stand at the same place.
      shown = true;
      await Deno.jupyter.broadcast(type, {
        data,
        metadata: content[METADATA] ?? {},
        transient: { display_id: displayId },
      });
    },
  };
}
