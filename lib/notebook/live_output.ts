import { DISPLAY, type Displayable, METADATA } from "../figures/mod.ts";
import { isKernel } from "./kernel.ts";

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
      await Deno.jupyter.broadcast(shown ? "update_display_data" : "display_data", {
        data: content[DISPLAY](),
        metadata: content[METADATA] ?? {},
        transient: { display_id: displayId },
      });
      shown = true;
    },
  };
}
