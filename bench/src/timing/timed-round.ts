/** What one verification took in one round, in microseconds. Rounds are short, so that most of them pass undisturbed. */
export interface Timing {
  wallMicros: number
  /** Of the whole process, its thread pool included. */
  cpuMicros: number
}

/** What is timed, and the tokens that it is given, one a call. */
export interface Subject {
  /** A function that is synchronous is timed without a promise. */
  verify: (token: string) => unknown
  next: () => string
}

const roundMs = 8
const batch = 32

/** Verifies one token after another for about 8 ms. */
export async function timeInTurn({ verify, next }: Subject): Promise<Timing> {
  return time(async () => {
    for (let n = 0; n < batch; n++) {
      const result = verify(next())
      // Awaiting a value would cost a synchronous verifier a turn of the event loop that its callers do not pay.
      if (result instanceof Promise) await result
    }
  })
}

/** The same with 32 verifications in flight: what a busy server sees of a verifier that uses the thread pool. */
export async function timeInFlight({ verify, next }: Subject): Promise<Timing> {
  return time(() => Promise.all(Array.from({ length: batch }, () => verify(next()))))
}

async function time(runBatch: () => Promise<unknown>): Promise<Timing> {
  const cpu = process.cpuUsage()
  const started = performance.now()
  let count = 0
  let elapsedMs = 0
  do {
    await runBatch()
    count += batch
    elapsedMs = performance.now() - started
  } while (elapsedMs < roundMs)
  const { user, system } = process.cpuUsage(cpu)
  return { wallMicros: (elapsedMs * 1000) / count, cpuMicros: (user + system) / count }
}
