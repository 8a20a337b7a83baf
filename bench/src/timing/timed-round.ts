/** The time of one verification in one round, in microseconds. Rounds are short, so that most of them are undisturbed. */
export interface Timing {
  wallMicros: number
  /** Processor time of the whole process, including its thread pool. */
  cpuMicros: number
}

/** What is timed, and the source of its tokens. */
export interface Subject {
  /** A synchronous function is timed without a promise. */
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
      // Awaiting a plain value would charge a synchronous verifier for a microtask that its callers do not pay.
      if (result instanceof Promise) await result
    }
  })
}

/** The same with 32 verifications in flight, as on a busy server, for verifiers that use the thread pool. */
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
