/** Whether the message of an error says that a worker is lost. */
export function tellsOfLoss(message: string): boolean {
  return /UNAVAILABLE|DEADLINE_EXCEEDED|CANCELLED|ABORTED|Collective ops is aborted/.test(message);
}

/**
 * Which worker is lost, by TensorFlow's message; `undefined` if it does not say.
 *
 * One that has ended is the first of those whose connection the message tells of: the others' were
 * reset in turn. One that is silent is told by the chief, and that the chief is, by a heartbeat
 * without an answer.
 */
export function lostWorker(message: string): number | undefined {
  const reported = /Error reported from \/job:\w+\/(?:replica:\d+\/)?task:(\d+)/.exec(message);
  if (reported !== null) return Number(reported[1]);
  const remote = /remote target \/job:\w+\/replica:\d+\/task:(\d+)/.exec(message);
  const heartbeat = message.indexOf("CoordinationService/Heartbeat");
  if (heartbeat >= 0 && (remote === null || heartbeat < remote.index)) return 0;
  return remote === null ? undefined : Number(remote[1]);
}
