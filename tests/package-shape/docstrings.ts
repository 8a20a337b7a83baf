import ts from 'typescript-api'
import type { PublicSymbol } from './public-surface.js'
import { canThrow } from './throwing.js'

/** The names that have no docstring of a sentence at least. */
export function undocumented(symbols: readonly PublicSymbol[]): string[] {
  return symbols.filter(({ declarations }) => !declarations.some(hasSentence)).map(describeSymbol)
}

/** The members of options objects that do not say what they are. */
export function undocumentedOptions(symbols: readonly PublicSymbol[]): string[] {
  const options = symbols.filter(({ name }) => name.endsWith('Options'))
  return options
    .flatMap(({ declarations }) => declarations.flatMap(optionMembers))
    .filter((member) => proseOf(member) === '')
    .map(place)
}

/** The functions that throw, and do not say what. */
export function silentlyThrowing(checker: ts.TypeChecker, symbols: readonly PublicSymbol[]): string[] {
  return symbols
    .filter(({ kind, declarations }) => kind === 'function' && declarations.some((node) => canThrow(checker, node)))
    .filter(({ declarations }) => !declarations.some(hasThrowsTag))
    .map(describeSymbol)
}

/** The text of a docstring before its first tag. */
function proseOf(node: ts.Node): string {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)
  return comments
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '')
    .join('\n')
    .trim()
}

/** A sentence has words and an end. */
function hasSentence(node: ts.Node): boolean {
  return /\S+\s+\S+.*[.:)]/s.test(proseOf(node))
}

function hasThrowsTag(node: ts.Node): boolean {
  return ts.getJSDocTags(node).some((tag) => tag.tagName.text === 'throws' && (ts.getTextOfJSDocComment(tag.comment) ?? '') !== '')
}

/** The properties that an exported options type declares itself, in each member of a union. */
function optionMembers(node: ts.Node): ts.TypeElement[] {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node)) return [...node.members]
  if (ts.isTypeAliasDeclaration(node)) return optionMembers(node.type)
  if (ts.isUnionTypeNode(node) || ts.isIntersectionTypeNode(node)) return node.types.flatMap(optionMembers)
  return []
}

function place(node: ts.Node): string {
  const file = node.getSourceFile()
  const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1
  return `${file.fileName.replace(/^.*\/packages\//, 'packages/')}:${line}: ${node.getText().split('\n')[0]}`
}

function describeSymbol({ name, declarations }: PublicSymbol): string {
  return `${name}: ${declarations.map(place).join(', ')}`
}
