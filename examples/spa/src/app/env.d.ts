/** What Vite puts in the place of these when it builds the page. */
interface ImportMetaEnv {
  readonly VITE_APP?: string
  readonly VITE_API?: string
  readonly VITE_ISSUER?: string
  readonly VITE_MODE?: string
}

interface ImportMeta {
  readonly env: ImportMetaEnv
}
