import { useIssuerInProcess, useIssuerOnSocket } from './issuer-in-process.js'
import { askForMachineTokens, completeLogin, machineToken, startLogin } from './logging-in.js'
import { logInOnLoopback } from './on-loopback.js'
import { ageKeys, answerAsOrdersApi, openOrdersApi, requestsForKeys } from './orders-api.js'
import { askSession, openSession, startSession } from './user-session.js'
import { introspect, verifySignatures, verifyTokens } from './verification.js'

/** What a runtime can be asked to do. */
const programs = {
  ageKeys,
  askForMachineTokens,
  askSession,
  completeLogin,
  introspect,
  logInOnLoopback,
  machineToken,
  openOrdersApi,
  openSession,
  requestsForKeys,
  startLogin,
  startSession,
  useIssuerInProcess,
  useIssuerOnSocket,
  verifySignatures,
  verifyTokens,
}

export type Programs = typeof programs

/** Answers a request; one that is `hasty` is answered in a moment, and what it asked for goes on, if the runtime lets it. */
export async function handle(request: Request): Promise<Response> {
  const work = answer(request)
  if (!request.headers.has('hasty')) return work
  work.catch(() => {})
  await new Promise((resolve) => setTimeout(resolve, 300))
  return new Response(null, { status: 202 })
}

/** Answers as the orders API below `/api/`; elsewhere, runs the program that the path names. */
async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname.startsWith('/api/')) return answerAsOrdersApi(request)
  const program: ((input: never) => Promise<unknown>) | undefined = programs[pathname.slice(1) as keyof Programs]
  if (program === undefined) return new Response(`no program ${pathname}`, { status: 404 })
  try {
    return Response.json((await program((await request.json()) as never)) ?? null)
  } catch (error) {
    return new Response(error instanceof Error ? `${error.stack}\n${String(error.cause)}` : String(error), { status: 500 })
  }
}
