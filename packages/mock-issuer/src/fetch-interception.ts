/// <reference lib="esnext.disposable" preserve="true" />

/** The global `fetch` as an issuer has replaced it. `using` restores it at the end of the block. */
export interface FetchInterception {
  /**
   * Whether `globalThis.fetch` is, at this moment, what this interception made of it. It is not when something else has replaced it
   * since: another issuer, a mocking library.
   */
  readonly onTop: boolean
  /**
   * Ends the interception. Interceptions can end in any order. What something else has put on top is left alone: it goes on, and finds
   * the `fetch` of before beneath it. Doing so again does nothing.
   */
  restore(): void
  [Symbol.dispose](): void
}
