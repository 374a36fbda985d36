using static TorchSharp.torch;

namespace AnomalyKit.Autoencoder.Torch;

/// <summary>LibTorch's number of threads.</summary>
internal static class TorchThreads
{
    public static void Set(int threads)
    {
        if (get_num_threads() != threads)
            set_num_threads(threads);
    }
}
