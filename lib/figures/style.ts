/**
 * The one look of every figure. Each stands on its own light paper, so that it reads the same on
 * a light and on a dark page.
 */
export const STYLE = {
  /** Pixels from the left edge to the right one. */
  width: 760,
  /** Pixels around the content. */
  padding: 20,
  /** The one size of text, in pixels; titles have `titleSize`. */
  textSize: 13,
  titleSize: 16,
  paper: "#ffffff",
  ink: "#1f2328",
  /** For captions: a contrast of 6 to 1 on the paper. */
  muted: "#57606a",
  grid: "#e3e6ea",
} as const;

/**
 * Colours for what is compared, told apart with every kind of colour vision, and dark enough for
 * text on the paper (a contrast of at least 4.5 to 1, as WCAG 2 asks); only `sky` is for areas.
 *
 * Source: Okabe and Ito, "Color Universal Design", 2008; all but the blues are darker here.
 */
export const COLORS = {
  blue: "#0072b2",
  vermilion: "#bf4f00",
  green: "#005838",
  purple: "#883068",
  sky: "#56b4e9",
} as const;

/**
 * Ten colours for the ten classes, as far apart as ten can be for every kind of colour vision.
 * Ten are too many to be read by colour alone: figures name the classes besides.
 *
 * Source: Paul Tol, "Colour schemes", 2021, the scheme "muted". In place of its pale grey, too
 * faint on the paper, stands a near-black: without red cones a middle grey looks like the rose.
 */
export const CLASS_COLORS: readonly string[] = [
  "#88ccee",
  "#332288",
  "#cc6677",
  "#44aa99",
  "#117733",
  "#ddcc77",
  "#882255",
  "#999933",
  "#222222",
  "#aa4499",
];
