/** Text as the content of an element or attribute; what XML cannot hold becomes U+FFFD. */
export function escapeXml(text: string): string {
  return withoutControls(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Replaces what XML 1.0 has no way to write: control characters and halves of surrogate pairs. */
export function withoutControls(text: string): string {
  // deno-lint-ignore no-control-regex -- they are what is meant
  return text.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd");
}
