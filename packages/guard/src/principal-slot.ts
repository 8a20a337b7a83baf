/** A place for one value in objects of others, such as requests; see `createPrincipalSlot`. */
export interface PrincipalSlot<Value> {
  /** Whether something was put there. */
  has(owner: object): boolean
  /** What was put there; `undefined` for an object without it. */
  get(owner: object): Value | undefined
  /** Puts it there, in place of what there was. */
  set(owner: object, value: Value): void
}

/** Makes an object of somebody else's the one that is being constructed, so that it is given the private fields of the class. */
const Owned = function owned(owner: object) {
  return owner
} as unknown as new (owner: object) => object

/**
 * A slot for the principal of a request, for adapters: nobody who does not hold the slot can read or write it, and it shows neither in
 * logs nor in copies. It does what a `WeakMap` does, with a private field: on each of many requests that live for a moment, a `WeakMap`
 * costs more than all else that an adapter does.
 *
 * @example
 * const slot = createPrincipalSlot<string>()
 * const request = new Request('https://api.example.com')
 * slot.set(request, 'john')
 * console.log(slot.get(request)) // john
 */
export function createPrincipalSlot<Value>(): PrincipalSlot<Value> {
  class Slot extends Owned {
    #value: Value

    constructor(owner: object, value: Value) {
      super(owner)
      this.#value = value
    }

    static has(owner: object): boolean {
      return #value in owner
    }

    static get(owner: object): Value | undefined {
      return #value in owner ? owner.#value : undefined
    }

    static set(owner: object, value: Value): void {
      if (#value in owner) owner.#value = value
      else void new Slot(owner, value)
    }
  }

  return { has: Slot.has, get: Slot.get, set: Slot.set }
}
