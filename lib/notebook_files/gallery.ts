import { decodeBase64 } from "@std/encoding";
import { codeCells, joined, type Notebook } from "./notebook.ts";

/** The tag of the cell whose figure stands for the notebook elsewhere. */
const TAG = "gallery";

/** The PNG that the notebook's cell with the tag `gallery` shows, if there is one and it has run. */
export function galleryPicture(notebook: Notebook): Uint8Array<ArrayBuffer> | undefined {
  const tagged = codeCells(notebook).find(({ cell: { metadata: { tags } } }) =>
    Array.isArray(tags) && tags.includes(TAG)
  );
  for (const { data = {} } of tagged?.cell.outputs ?? []) {
    const picture = data["image/png"];
    if (typeof picture === "string") return decodeBase64(joined(picture).trim());
  }
  return undefined;
}
