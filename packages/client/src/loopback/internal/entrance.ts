import { randomBytes } from 'node:crypto'

/** An address of the open port that cannot be guessed, and leads to a URL the first time that it is asked for. */
export interface Entrance {
  readonly path: string
  /** Where whoever comes is led; `undefined` for all but the first. */
  admit(): string | undefined
  /** Whether a second one has come. Then nobody knows which of the two is the user's browser. */
  isOpenedTwice(): boolean
  /** Resolves when the second one has been told. */
  readonly openedTwice: Promise<void>
  /** To be called then. */
  told(): void
}

/** Makes the way to a URL. */
export function createEntrance(url: string): Entrance {
  let visits = 0
  let told = (): void => {}
  const openedTwice = new Promise<void>((resolve) => (told = resolve))
  return {
    path: `/${randomBytes(32).toString('base64url')}`,
    admit() {
      visits += 1
      return visits === 1 ? url : undefined
    },
    isOpenedTwice: () => visits > 1,
    openedTwice,
    told,
  }
}
