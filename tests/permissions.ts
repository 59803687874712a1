/**
 * Whether every one of these permissions is granted, for tests that skip themselves
 * by name under a plain `deno test`; `deno task test` grants what they need. A name stands
 * for the whole permission, a descriptor for a part, such as one host.
 */
export function granted(...permissions: (Deno.PermissionName | Deno.PermissionDescriptor)[]) {
  return permissions.every((permission) => {
    const descriptor = typeof permission === "string" ? { name: permission } : permission;
    return Deno.permissions.querySync(descriptor).state === "granted";
  });
}
