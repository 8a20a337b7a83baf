/** The certificate of a request: the certificate itself, its SHA-256 from a trusted proxy, or both. */
export type PresentedCertificate =
  | { readonly der: Uint8Array; readonly thumbprint?: string | undefined }
  | { readonly der?: undefined; readonly thumbprint: string }
