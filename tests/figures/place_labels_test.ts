import { assert, assertEquals, assertThrows } from "@std/assert";
import { textWidth } from "../../lib/figures/font.ts";
import {
  type LabelPlace,
  type NamedPoint,
  placeLabels,
  spreadNames,
} from "../../lib/figures/place_labels.ts";
import { STYLE } from "../../lib/figures/style.ts";

const SIZE = { width: 300, height: 200 };
const point = (x: number, y: number): NamedPoint => ({ name: "a name", bold: false, x, y });

function boxOf({ name, bold, x, y }: NamedPoint, { anchor, dx, dy }: LabelPlace) {
  const width = textWidth(name, { size: STYLE.textSize, bold });
  const left = x + dx - (anchor === "end" ? width : 0);
  const half = STYLE.textSize / 2;
  return { left, right: left + width, top: y + dy - half, bottom: y + dy + half };
}

Deno.test("placeLabels() writes to the right of a point, or to the left where no room is", () => {
  assertEquals(placeLabels([point(100, 100)], SIZE), [{ anchor: "start", dx: 9, dy: 0 }]);
  assertEquals(placeLabels([point(290, 100)], SIZE), [{ anchor: "end", dx: -9, dy: 0 }]);
});

Deno.test("placeLabels() stays within the picture", () => {
  const points = [0, 0, 0, 200, 200, 200].map((y) => point(150, y));
  placeLabels(points, SIZE).forEach((place, i) => {
    const { left, right, top, bottom } = boxOf(points[i], place);
    assert(left >= 0 && right <= SIZE.width && top >= 0 && bottom <= SIZE.height, `${i}`);
  });
});

Deno.test("placeLabels() covers neither points nor their intervals", () => {
  const points = [point(100, 100), { ...point(140, 100), top: 60, bottom: 140 }];
  const [first] = placeLabels(points, SIZE);
  assertEquals(first, { anchor: "end", dx: -9, dy: 0 });
});

Deno.test("placeLabels() lets names cover points rather than each other", () => {
  // Points everywhere, and a picture with room for as many names as there are.
  const points = Array.from({ length: 90 }, (_, i) => point(20 * (i % 15) + 10, 30 * (i % 6) + 10));
  const names = placeLabels(points.slice(0, 30), SIZE).map((place, i) => boxOf(points[i], place));
  names.forEach((a, i) => {
    for (const b of names.slice(i + 1)) {
      const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top ||
        b.bottom <= a.top;
      assert(apart);
    }
  });
});

Deno.test("placeLabels() rejects more names than there is room for", () => {
  const points = Array.from({ length: 100 }, () => point(150, 100));
  assertThrows(() => placeLabels(points, SIZE), RangeError, 'there is no room for "a name"');
});

Deno.test("spreadNames() moves names by half lines, those that come later, and no others", () => {
  const names = [[50, 100], [60, 102], [50, 150], [250, 100]].map(([x, y]) => point(x, y));
  const [first, second, third, fourth] = spreadNames(names, SIZE);
  assertEquals([first, third, fourth], [0, 0, 0]);
  // A line and the two rims are 17 pixels; two are there already.
  assertEquals(second, 19.5);
});

Deno.test("spreadNames() keeps names within the height, and rejects more than there is room for", () => {
  assertEquals(spreadNames([point(50, 200)], SIZE), [-13]);
  assertEquals(spreadNames([point(50, 0)], SIZE), [13]);
  const many = Array.from({ length: 13 }, () => point(50, 100));
  assertThrows(() => spreadNames(many, SIZE), RangeError, 'no room for "a name" in 200 pixels');
});
