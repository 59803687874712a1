export { derivedSeed, randomStream } from "./random.ts";
