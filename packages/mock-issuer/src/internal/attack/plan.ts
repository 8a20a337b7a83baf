import type { ForgeryName } from '../../forgeries.js'
import { forgeries } from '../../forgeries.js'
import type { Forgery, ForgeryVariant } from '../../forgery.js'

/** What decides which forgeries an API can be judged by. */
export interface AttackPlanInput {
  readonly names: readonly ForgeryName[]
  readonly profile: 'jwt' | 'rfc9068'
  /** Whether the route needs a scope, as far as the claims of the good token say. */
  readonly hasScope: boolean
}

/** One forgery to send. */
export interface PlannedForgery {
  readonly forgery: Forgery<ForgeryName>
  readonly variant: ForgeryVariant
  /** Where its attacker is, as against those of the others. */
  readonly path: string
}

/** What is sent and what is not. */
export interface AttackPlan {
  readonly sent: readonly PlannedForgery[]
  readonly skipped: readonly { readonly forgery: ForgeryName; readonly variant: string; readonly reason: string }[]
}

/** Decides what to send. */
export function planAttack({ names, profile, hasScope }: AttackPlanInput): AttackPlan {
  const planned = names.flatMap((name) => {
    const forgery = forgeries[name] as unknown as Forgery<ForgeryName>
    return forgery.variants.map((variant) => ({ forgery, variant, path: `${name}-${variant.name}`, reason: reasonToSkip(name, variant) }))
  })
  return {
    sent: planned.flatMap(({ reason, ...rest }) => (reason === undefined ? [rest] : [])),
    skipped: planned.flatMap(({ forgery, variant, reason }) =>
      reason === undefined ? [] : [{ forgery: forgery.name, variant: variant.name, reason }],
    ),
  }

  function reasonToSkip(name: ForgeryName, variant: ForgeryVariant): string | undefined {
    if (variant.profile === 'rfc9068' && profile !== 'rfc9068') return 'wrong by the profile rfc9068 alone'
    if (!hasScope && (name === 'missingScope' || name === 'scopeAsArray')) return 'the good token has no scope that could be missing'
    return undefined
  }
}
