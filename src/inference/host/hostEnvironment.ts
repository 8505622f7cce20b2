/** What a model host may know of our environment: where things are, which language, and how to reach GPUs. */
const kept = [
  /^(PATH|PATHEXT|HOME|USER|USERNAME|LOGNAME|SHELL|LANG|TZ)$/i,
  /^(TMP|TEMP|TMPDIR|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES.*|COMSPEC|SYSTEMROOT|SYSTEMDRIVE|WINDIR|USERPROFILE)$/i,
  /^(NUMBER_OF_PROCESSORS|PROCESSOR_.*)$/i,
  /^(LC_|XDG_|CUDA|NVIDIA_|VK_|VULKAN_|GGML_|HIP_|ROCR_|HSA_|MESA_|DRI_|OMP_|GOMP_|KMP_)/,
  /^(LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|DYLD_FALLBACK_LIBRARY_PATH)$/,
];

/** Environment for the host's process: no proxies, no keys and addresses of services, no options for Node. */
export function hostEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const entries = Object.entries(env).filter(([name]) => kept.some((pattern) => pattern.test(name)));
  // Inside VS Code the executable is Electron; this makes it behave as Node, and Node ignores it.
  return { ...Object.fromEntries(entries), ELECTRON_RUN_AS_NODE: '1' };
}
