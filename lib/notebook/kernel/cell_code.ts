export class CellSyntaxError extends SyntaxError { readonly description: string = ""; }
export function compileCell(text: string) { return { code: text, sourceMap: JSON.stringify({version:3,sources:["cell"],names:[],mappings:"AAAA"+";AACA".repeat(text.split("\n").length)}) }; }
export function isComplete(_text: string): { status: string } { return { status: "complete" }; }
