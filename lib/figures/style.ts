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
  /** For captions and axes: 7 to 1 on the paper. */
  muted: "#57606a",
  grid: "#e3e6ea",
} as const;

/**
 * Colours for what is compared, told apart with every kind of colour vision.
 *
 * Source: Okabe and Ito, "Color Universal Design", 2008.
 */
export const COLORS = {
  blue: "#0072b2",
  vermilion: "#d55e00",
  green: "#009e73",
  purple: "#cc79a7",
  orange: "#e69f00",
  sky: "#56b4e9",
} as const;

/**
 * Ten colours for the ten classes, as far apart as ten can be for every kind of colour vision.
 * Ten are too many to be read by colour alone: figures name the classes besides.
 *
 * Source: Paul Tol, "Colour schemes", 2021, the scheme "muted"; its pale grey is darker here.
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
  "#777777",
  "#aa4499",
];
