/** A file that breaks one rule of `.dependency-cruiser.cjs`, and the module that it must not reach. */
export interface Planted {
  rule: string
  file: string
  code: string
  reaches: string
}

const index = (name: string) => `packages/${name}/src/index.ts`

/** An arrow that points up or sideways: `from` imports the public entry of `to`. */
function arrow(from: string, to: string): Planted {
  return {
    rule: `layer-${from}`,
    file: `packages/${from}/src/reaches-${to}.ts`,
    code: `import { value } from '@bailiwick/${to}'\nexport const other = value\n`,
    reaches: index(to),
  }
}

/** One violation of every rule, at least; `layers.test.ts` asserts that no rule is without. */
export const planted: readonly Planted[] = [
  arrow('protocol', 'guard'),
  arrow('verifier', 'guard'),
  arrow('guard', 'verifier'),
  arrow('guard', 'express'),
  arrow('express', 'verifier'),
  arrow('express', 'koa'),
  arrow('koa', 'verifier'),
  arrow('hono', 'verifier'),
  arrow('fastify', 'verifier'),
  arrow('client', 'verifier'),
  arrow('session', 'guard'),
  arrow('gateway', 'client'),
  arrow('redis', 'session'),
  arrow('mock-issuer', 'guard'),
  {
    rule: 'layer-guard',
    file: 'packages/guard/src/type-of-verifier.ts',
    code: "import type { Value } from '@bailiwick/verifier'\nexport type Other = Value\n",
    reaches: index('verifier'),
  },
  {
    rule: 'layer-unlisted-package',
    file: 'packages/newcomer/src/reaches-protocol.ts',
    code: "import { value } from '@bailiwick/protocol'\nexport const other = value\n",
    reaches: index('protocol'),
  },
  {
    rule: 'mock-issuer-takes-wire-types-only',
    file: 'packages/mock-issuer/src/runs-protocol.ts',
    code: "import { value } from '@bailiwick/protocol'\nexport const other = value\n",
    reaches: index('protocol'),
  },
  {
    rule: 'mock-issuer-tests-without-verifier',
    file: 'packages/mock-issuer/src/issues.test.ts',
    code: "import { value } from '@bailiwick/verifier'\nexport const other = value\n",
    reaches: index('verifier'),
  },
  {
    rule: 'no-circular',
    file: 'packages/guard/src/circle-a.ts',
    code: "import type { B } from './circle-b.js'\nexport type A = B | 1\n",
    reaches: 'packages/guard/src/circle-b.ts',
  },
  {
    rule: 'nothing-imports-its-own-index',
    file: 'packages/guard/src/through-index.ts',
    code: "import { value } from './index.js'\nexport const other = value\n",
    reaches: index('guard'),
  },
  {
    rule: 'nothing-imports-its-own-index',
    file: 'packages/guard/src/through-its-name.ts',
    code: "import { value } from '@bailiwick/guard'\nexport const other = value\n",
    reaches: index('guard'),
  },
  {
    rule: 'internal-stays-internal',
    file: 'packages/client/src/browser/index.ts',
    code: "export { secret } from '../internal/secret.js'\n",
    reaches: 'packages/client/src/internal/secret.ts',
  },
  {
    rule: 'no-path-into-a-sibling',
    file: 'packages/koa/src/by-path.ts',
    code: "import { value } from '../../guard/src/value.js'\nexport const other = value\n",
    reaches: 'packages/guard/src/value.ts',
  },
  {
    rule: 'no-path-into-a-sibling',
    file: 'examples/shop/src/by-path.ts',
    code: "import { value } from '../../../packages/guard/src/index.js'\nexport const other = value\n",
    reaches: index('guard'),
  },
  {
    rule: 'no-re-export-of-a-sibling',
    file: 'packages/verifier/src/passes-on.ts',
    code: "export { value as passed } from '@bailiwick/protocol'\n",
    reaches: index('protocol'),
  },
  {
    rule: 'no-re-export-of-a-sibling',
    file: 'packages/verifier/src/passes-on-types.ts',
    code: "export type { Value } from '@bailiwick/protocol'\n",
    reaches: index('protocol'),
  },
  {
    rule: 'no-full-zod-in-a-package',
    file: 'packages/guard/src/full-zod.ts',
    code: "import { z } from 'zod'\nexport const other = z\n",
    reaches: 'node_modules/zod/index.js',
  },
  {
    rule: 'runs-without-node',
    file: 'packages/guard/src/needs-node.ts',
    code: "import { createHash } from 'node:crypto'\nexport const other = createHash\n",
    reaches: 'crypto',
  },
  {
    rule: 'no-test-in-the-product',
    file: 'packages/guard/src/uses-a-test.ts',
    code: "import { value } from './value.test.js'\nexport const other = value\n",
    reaches: 'packages/guard/src/value.test.ts',
  },
  {
    rule: 'no-dev-dependency-in-the-product',
    file: 'packages/guard/src/uses-a-dev-dependency.ts',
    code: "import { value } from 'dev-only'\nexport const other = value\n",
    reaches: 'node_modules/dev-only/index.js',
  },
  {
    rule: 'no-undeclared-dependency',
    file: 'packages/guard/src/uses-an-undeclared.ts',
    code: "import { value } from 'undeclared'\nexport const other = value\n",
    reaches: 'node_modules/undeclared/index.js',
  },
  {
    rule: 'not-to-unresolvable',
    file: 'packages/koa/src/internal-by-name.ts',
    code: "import { value } from '@bailiwick/guard/internal/secret'\nexport const other = value\n",
    reaches: '@bailiwick/guard/internal/secret',
  },
]
