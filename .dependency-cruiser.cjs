/**
 * The architecture as rules: which package may import which, and what a module may reach inside its own package.
 * `tests/layers` plants a violation of every rule below, so each is known to catch what it names.
 */

/** Who may import whom, from the map in ARCHITECTURE.md: `null` is anybody. A package that is not listed may import no sibling. */
const siblings = {
  protocol: [],
  verifier: ['protocol'],
  guard: ['protocol'],
  express: ['guard', 'protocol'],
  koa: ['guard', 'protocol'],
  hono: ['guard', 'protocol'],
  fastify: ['guard', 'protocol'],
  client: ['protocol'],
  session: ['client', 'protocol'],
  gateway: ['verifier', 'guard', 'protocol'],
  redis: ['protocol'],
  'mock-issuer': ['protocol'],
  cli: null,
}

const isTest = '(\\.test\\.ts$|^packages/[^/]+/test/)'
const source = (name) => `^packages/${name}/src/`
const zodClassic = 'node_modules/zod/(index|v3/|v4/index|v4/classic/)'

const layers = Object.entries(siblings)
  .filter(([, allowed]) => allowed !== null)
  .map(([name, allowed]) => ({
    name: `layer-${name}`,
    comment: `${name} imports ${allowed.length === 0 ? 'no sibling' : `at most ${allowed.join(', ')}`}: imports point down only.`,
    severity: 'error',
    from: { path: source(name), pathNot: isTest },
    to: { path: '^packages/', pathNot: `^packages/(${[name, ...allowed].join('|')})/` },
  }))

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'layer-unlisted-package',
      comment: 'A new package is entered in the table at the top of this file before it may import a sibling.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src/', pathNot: [isTest, source(`(${Object.keys(siblings).join('|')})`)] },
      to: { path: '^packages/', pathNot: '^packages/$1/' },
    },
    {
      name: 'mock-issuer-takes-wire-types-only',
      comment: 'The mock issuer shares no code with what it tests: a bug must not hide in both.',
      severity: 'error',
      from: { path: source('mock-issuer'), pathNot: isTest },
      to: { path: '^packages/protocol/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'mock-issuer-tests-without-verifier',
      comment: 'Not even its tests: they check its tokens by other means.',
      severity: 'error',
      from: { path: '^packages/mock-issuer/' },
      to: { path: '^packages/verifier/' },
    },
    {
      name: 'no-circular',
      comment: 'No cycles, type-only imports included: a leaf owns the type of its own input.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-imports-its-own-index',
      comment: 'index.ts is the list of public exports; a module imports its neighbour by its file.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src/' },
      to: { path: ['^packages/$1/src/index[.]ts$', '^packages/$1/src/.*/index[.]ts$'] },
    },
    {
      name: 'internal-stays-internal',
      comment: 'src/internal is private: an entry point does not export from it.',
      severity: 'error',
      from: { path: ['^packages/[^/]+/src/index[.]ts$', '^packages/[^/]+/src/.*/index[.]ts$'] },
      to: { path: ['^packages/[^/]+/src/internal/', '^packages/[^/]+/src/.*/internal/'] },
    },
    {
      name: 'no-path-into-a-sibling',
      comment: "A sibling is imported by its package name: its exports are the contract, its files are not. Its tests' files neither.",
      severity: 'error',
      from: { path: '^(packages/[^/]+|examples/[^/]+|tests|bench)/' },
      to: { path: '^packages/', pathNot: '^$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'no-re-export-of-a-sibling',
      comment: 'No package re-exports another: a name has one home.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src/' },
      to: { path: '^packages/', pathNot: '^packages/$1/', dependencyTypes: ['export'] },
    },
    {
      name: 'no-full-zod-in-a-package',
      comment: "Packages parse with zod/mini: the full zod costs a browser's user 90 kB more.",
      severity: 'error',
      from: { path: source('[^/]+'), pathNot: isTest },
      to: { path: zodClassic },
    },
    {
      name: 'runs-without-node',
      comment: 'These run in Workers and browsers too, where there are no built-in modules of Node.',
      severity: 'error',
      // A command line tool waits for its browser on a port, which is nothing for the others.
      from: { path: source('(protocol|guard|hono|client)'), pathNot: [isTest, '^packages/client/src/loopback/'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-test-in-the-product',
      comment: 'What is published does not depend on a test or on what only tests need.',
      severity: 'error',
      from: { path: source('[^/]+'), pathNot: isTest },
      to: { path: isTest },
    },
    {
      name: 'no-dev-dependency-in-the-product',
      comment: 'What is published imports only what its own manifest asks for; a type of a peer comes with the peer.',
      severity: 'error',
      from: { path: source('[^/]+'), pathNot: isTest },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm-peer', 'type-only'], pathNot: '^packages/' },
    },
    {
      name: 'no-undeclared-dependency',
      comment: 'Every import is declared in the nearest package.json.',
      severity: 'error',
      from: { path: '^packages/', pathNot: isTest },
      // An optional peer is told of as declared and as not.
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'undetermined'], dependencyTypesNot: ['npm-peer'], pathNot: '^packages/' },
    },
    {
      name: 'not-to-unresolvable',
      comment: 'An import that resolves to nothing: a missing file, or a file that its package does not export.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.cache)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@bailiwick/source', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.json', '.d.ts'],
    },
  },
}
