import { childEnvironment } from '../../base/childEnvironment.ts';

/** How to reach GPUs, and how many threads to use. */
const accelerators = [/^(CUDA|NVIDIA_|VK_|VULKAN_|GGML_|HIP_|ROCR_|HSA_|MESA_|DRI_|OMP_|GOMP_|KMP_)/];

/** Environment for the model host's process. */
export function hostEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return childEnvironment(env, accelerators);
}
