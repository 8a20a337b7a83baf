import { ClientError } from '../client-error.js'

/** Waits for what others wait for too: the signal ends this wait, and not the work. @throws {ClientError} `aborted` */
export async function interruptible<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  // It may fail when nobody waits for it here any more, and that must end no process.
  work.catch(ignore)
  requireNotAborted(signal)
  let abort = (): void => {}
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(abortedBy(signal))
  })
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** @throws {ClientError} `aborted` */
export function requireNotAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw abortedBy(signal)
}

/** What a wait that its signal ended rejects with. */
export function abortedBy(signal: AbortSignal | undefined): ClientError {
  return new ClientError('aborted', 'The wait was aborted.', { cause: signal?.reason })
}

function ignore(): void {}
