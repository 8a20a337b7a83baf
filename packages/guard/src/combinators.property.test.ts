import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { principalWith, requestWith } from '../test/principal.js'
import { check } from './check-guard.js'
import { claim } from './claim-guard.js'
import { allOf, anyOf, not } from './combinators.js'
import type { Guard } from './guard.js'

/** What a guard would say if every question had an answer. `undefined` stands for a question that has none. */
type Formula =
  | { readonly leaf: boolean | undefined; readonly form: 'sync' | 'async' | 'misconfigured' }
  | { readonly all: readonly Formula[] }
  | { readonly any: readonly Formula[] }
  | { readonly not: Formula }

const { formula } = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({
      leaf: fc.constantFrom(true, false, undefined),
      form: fc.constantFrom('sync' as const, 'async' as const, 'misconfigured' as const),
    }),
    fc.record({ all: fc.array(tie('formula'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('formula'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('formula') }),
  ),
}))

function toGuard(tree: Formula): Guard {
  if ('all' in tree) return allOf(...(tree.all.map(toGuard) as [Guard]))
  if ('any' in tree) return anyOf(...(tree.any.map(toGuard) as [Guard]))
  if ('not' in tree) return not(toGuard(tree.not))
  if (tree.leaf === undefined && tree.form === 'misconfigured') return claim('account_nr').equalsParam('missing')
  const answer = () => {
    if (tree.leaf === undefined) throw new Error('down')
    return tree.leaf
  }
  return tree.form === 'async' ? check('async', async () => answer()) : check('sync', answer)
}

/** The formula with every open question answered by `whenOpen`, one after the other. */
function truth(tree: Formula, whenOpen: () => boolean): boolean {
  if ('all' in tree) return tree.all.map((part) => truth(part, whenOpen)).every(Boolean)
  if ('any' in tree) return tree.any.map((part) => truth(part, whenOpen)).some(Boolean)
  if ('not' in tree) return !truth(tree.not, whenOpen)
  return tree.leaf ?? whenOpen()
}

const decide = (tree: Formula) => toGuard(tree).evaluate(principalWith(), requestWith())

function hasOpenLeaf(tree: Formula): boolean {
  if ('all' in tree) return tree.all.some(hasOpenLeaf)
  if ('any' in tree) return tree.any.some(hasOpenLeaf)
  return 'not' in tree ? hasOpenLeaf(tree.not) : tree.leaf === undefined
}

test('a combination allows only what would be allowed however the open questions were answered', async () => {
  await fc.assert(
    fc.asyncProperty(formula, fc.infiniteStream(fc.boolean()), async (tree, answers) => {
      const decision = await decide(tree)
      const answered = truth(tree, () => answers.next().value as boolean)
      if (decision.kind === 'allowed') expect(answered).toBe(true)
      if (decision.kind === 'denied' && decision.code !== 'misconfigured') expect(answered).toBe(false)
    }),
    { numRuns: 2000 },
  )
})

test('a combination without open questions always decides', async () => {
  await fc.assert(
    fc.asyncProperty(
      formula.filter((tree) => !hasOpenLeaf(tree)),
      async (tree) => {
        const decision = await decide(tree)
        expect(decision.kind).toBe(truth(tree, () => expect.unreachable()) ? 'allowed' : 'denied')
      },
    ),
    { numRuns: 1000 },
  )
})
