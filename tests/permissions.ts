/**
 * Whether every one of these permissions is granted, for tests that skip themselves
 * by name under a plain `deno test`; `deno task test` grants what they need.
 */
export function granted(...names: Deno.PermissionName[]): boolean {
  return names.every((name) => Deno.permissions.querySync({ name }).state === "granted");
}
