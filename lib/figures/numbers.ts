const grouping = new Intl.NumberFormat("en", { signDisplay: "negative" });

/** `421,642`, with at most three decimals and a true minus sign; no negative zero. */
export const grouped = (value: number): string => grouping.format(value).replace("-", "−");

/** `85 %` or `86.55 %`: a share of 1 with as many decimals as it has, two at most. */
export const percent = (share: number): string => `${grouped(Number((100 * share).toFixed(2)))} %`;

/** `85.00 %`: a share of 1, with two decimals also where they are zeros. */
export const hundredths = (share: number): string => `${(100 * share).toFixed(2)} %`;
