/** Readers of what stands beside a crash, in the order in which they are to be asked. */
import type { TextReader } from '../reader.ts';
import { kernelComplaintReader } from './kernel-complaint.ts';
import { kernelReleaseReader } from './kernel-release.ts';
import { buildInfoReader, requirementReader, sumReader } from './modules.ts';

export const systemReaders: readonly TextReader[] = [
  sumReader,
  buildInfoReader,
  requirementReader,
  kernelComplaintReader,
  kernelReleaseReader,
];
