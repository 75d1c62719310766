/** What is wrong or missing in a plan, by the Prepare task that mends it. */
export const PREPARE_TASKS = ['ceremony', 'roster', 'quorum', 'key', 'certificate', 'hsm', 'sheets', 'materials', 'credentials'] as const;
export type PrepareTask = (typeof PREPARE_TASKS)[number];
export interface PlanFinding {
  readonly code: 'PLAN_TOO_LARGE' | 'PLAN_NOT_JSON' | 'PLAN_DUPLICATE_KEY' | 'PLAN_FIELD' | 'PLAN_UNKNOWN_FIELD' | 'PLAN_RULE' | 'PLAN_INCOMPLETE';
  readonly task: PrepareTask;
  /** Dotted path of the field, such as "people.3.credential.publicKey"; "" for the document. */
  readonly where: string;
  readonly text: string;
  /** Id of the rule of check-plan.ts; only with PLAN_RULE. */
  readonly rule?: string;
}
