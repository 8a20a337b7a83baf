/** How the names of members end whose values are nobody's to see: secrets, tokens, keys, and headers that carry them. */
const endings = 'secret|token|key|password|authorization|cookie'

const secretName = new RegExp(`(?:${endings})$`, 'i')

/** The members whose own members can have any name, and any secret. */
const secretHolders: ReadonlySet<PropertyKey> = new Set(['headers'])

/** Whether what stands at a place of a configuration may be a secret, by the names on the way there. */
export function isSecretPlace(path: readonly PropertyKey[]): boolean {
  return path.some((part) => typeof part === 'string' && (secretName.test(part) || secretHolders.has(part)))
}

const mask = '***'

// A text that something else follows than its member's end was probably meant to go on: then all of the line is taken for it.
const value = String.raw`"(?:[^"\\\n]|\\[^\n])*"(?=\s*(?:[,}\]\r\n]|$))|["'][^\n]*|[^\s,"'{}\[\]]+`
const secretMember = new RegExp(String.raw`((?:${endings})["']?\s*:\s*)(?:${value})`, 'gi')

/** A text of JSON, or nearly so, without the values of its secret members, and where a place of it is then. */
export function maskSecrets(text: string, offset: number): { readonly text: string; readonly offset: number } {
  let moved = offset
  const masked = text.replaceAll(secretMember, (member: string, name: string, at: number) => {
    const [start, end] = [at + name.length, at + member.length]
    // A place within a secret is shown where the secret begins.
    if (end <= offset) moved -= end - start - mask.length
    else if (start < offset) moved -= offset - start
    return name + mask
  })
  return { text: masked, offset: moved }
}
