/** What is known of the certificate that came with a request: the certificate, its SHA-256 as a trusted proxy states it, or both. */
export type PresentedCertificate =
  | { readonly der: Uint8Array; readonly thumbprint?: string | undefined }
  | { readonly der?: undefined; readonly thumbprint: string }
