namespace AnomalyKit.Trainers;

internal static class OneClassSvmOptions
{
    private static readonly ValueText<SvmKernel> Kernels = new(ValueText.OneOf(SvmKernel.TextForms) + "; GAMMA is " + string.Join(", ", KernelGamma.TextForms), SvmKernel.Parse, value => value.ToText());
    private static readonly ValueText<NystroemApproximation> Approximations = new(NystroemApproximation.TextForms[0], NystroemApproximation.Parse, value => value.ToText());

    public static OptionTable<OneClassSvmTrainer> Table { get; } = new OptionTable<OneClassSvmTrainer>("one-class-svm", new())
        .With("Nu", "At most this fraction of the training rows lies outside the boundary; 0.01 to 0.1 for many rows.", ValueText.Double("above 0, at most 1"), t => t.Nu, (t, v) => t with { Nu = v })
        .With("Kernel", "The kernel and its parameters.", Kernels, t => t.Kernel, (t, v) => t with { Kernel = v })
        .With("Approximation", "Landmarks that stand for all rows, for more rows than the exact fit has time for; null for the exact fit.", Approximations.OrNothing(), t => t.Approximation, (t, v) => t with { Approximation = v })
        .With("Tolerance", "The violation of the optimality conditions that is good enough.", ValueText.Double("above 0"), t => t.Tolerance, (t, v) => t with { Tolerance = v })
        .With("MaxIterations", "The most pairs of coefficients that are changed; null for LIBSVM's limit.", ValueText.Int64("at least 1").OrNull(), t => t.MaxIterations, (t, v) => t with { MaxIterations = v })
        .With("CacheBytes", "The most bytes of kernel values that are kept; null for an eighth of the memory, at most 1 GiB.", ValueText.Int64("at least 0").OrNull(), t => t.CacheBytes, (t, v) => t with { CacheBytes = v })
        .WithFrame<OneClassSvmTrainer, OneClassSvmDetector>();
}
