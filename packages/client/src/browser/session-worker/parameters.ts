/** Parameters of a request; those that are `undefined` or empty are left out, and a list is one after another. */
export type Parameters = Readonly<Record<string, string | undefined | readonly string[]>>

/** Adds them to a form, or to the query of a URL. */
export function addParameters(target: URLSearchParams, parameters: Parameters): URLSearchParams {
  for (const [name, value] of Object.entries(parameters)) for (const each of [value].flat()) if (each) target.append(name, each)
  return target
}
