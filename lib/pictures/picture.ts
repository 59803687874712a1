/** A grey picture of any size. */
export interface Picture {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** Grey levels `[height, width]`, row-major, 0 (black) to 255 (white). */
  readonly values: Uint8Array;
}
