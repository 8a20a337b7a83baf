const Native = globalThis.Promise

type Executor = (resolve: (value: unknown) => void, reject: (reason: unknown) => void) => void
type Reaction = ((value: unknown) => unknown) | null | undefined

/** A `Promise` of an application's own. It is thenable, and neither the native class nor a subclass of it. */
export class ReplacedPromise {
  readonly #settled: Promise<unknown>

  constructor(executor: Executor) {
    this.#settled = new Native(executor)
  }

  // oxlint-disable-next-line unicorn/no-thenable
  then(onFulfilled?: Reaction, onRejected?: Reaction): ReplacedPromise {
    return adopt(this.#settled.then(onFulfilled, onRejected))
  }

  catch(onRejected?: Reaction): ReplacedPromise {
    return this.then(undefined, onRejected)
  }

  finally(onSettled?: () => void): ReplacedPromise {
    return adopt(this.#settled.finally(onSettled))
  }

  static resolve(value?: unknown): ReplacedPromise {
    return value instanceof ReplacedPromise ? value : new ReplacedPromise((resolve) => resolve(value))
  }

  static reject(reason?: unknown): ReplacedPromise {
    return new ReplacedPromise((_, reject) => reject(reason))
  }

  static all(values: Iterable<unknown>): ReplacedPromise {
    return adopt(Native.all(values))
  }

  static allSettled(values: Iterable<unknown>): ReplacedPromise {
    return adopt(Native.allSettled(values))
  }

  static any(values: Iterable<unknown>): ReplacedPromise {
    return adopt(Native.any(values))
  }

  static race(values: Iterable<unknown>): ReplacedPromise {
    return adopt(Native.race(values))
  }
}

function adopt(promise: Promise<unknown>): ReplacedPromise {
  return new ReplacedPromise((resolve) => resolve(promise))
}
