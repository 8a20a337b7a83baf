/** What `await` takes for a promise, and is none: its `then` is described by a property descriptor. */
export function thenable(then: PropertyDescriptor): Promise<boolean> {
  // oxlint-disable-next-line unicorn/no-thenable -- the point of it
  return Object.defineProperty({}, 'then', then) as Promise<boolean>
}
