import { childEnvironment } from '../../base/childEnvironment.ts';

/** How to reach GPUs, and how many threads to use. */
const accelerators = [/^(CUDA|NVIDIA_|VK_|VULKAN_|GGML_|HIP_|ROCR_|HSA_|MESA_|DRI_|OMP_|GOMP_|KMP_)/];

/**
 * glibc keeps what was freed, and contexts and adapters are freed again and again: it took 300 MB more after 40 of them.
 * Blocks from here on go back to the system. What sampling allocates for each token is smaller.
 */
const returnedBytes = 4 * 1024 * 1024;

/** Environment for the model host's process. */
export function hostEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...childEnvironment(env, accelerators), MALLOC_MMAP_THRESHOLD_: String(returnedBytes) };
}
