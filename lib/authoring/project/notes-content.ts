import type { ProjectContent } from './plan-project';

/** A tool that keeps notes, for a project that has no tools yet. */
export const NOTES: ProjectContent = {
  folders: ['notes'],
  values: { caller: 'ann', deniedTool: 'notes___delete_note', deniedInput: '{"title":"welcome"}' },
  files: new Map(),
  packages: [],
  threshold: 100,
};
