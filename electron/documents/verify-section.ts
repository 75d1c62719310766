/** One part of VERIFY.md: commands, and what they prove. */

export interface Section { readonly title: string; readonly text: string }
/** @param code bash, pasted as it is. @param proves Markdown below the commands. */
export const section = (title: string, code: string, proves: string): Section => ({ title, text: `\`\`\`bash\n${code}\n\`\`\`\n\n${proves}` });
