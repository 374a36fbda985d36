namespace AnomalyKit.Autoencoder.Kernels;

/// <summary>The factors of one step of Adam, bias corrections folded in.</summary>
/// <param name="GradientScale">What gradients are multiplied with first: below 1 where they are clipped.</param>
/// <param name="MeanDecay">β₁.</param>
/// <param name="SquareDecay">β₂.</param>
/// <param name="RootCorrection">√(1 − β₂ᵗ).</param>
/// <param name="Rate">The learning rate over (1 − β₁ᵗ).</param>
/// <param name="Epsilon">ε.</param>
/// <param name="Keep">1 − learning rate · weight decay: what is left of a weight before the step (AdamW).</param>
internal readonly record struct AdamStepSize(
    float GradientScale, float MeanDecay, float SquareDecay, float RootCorrection, float Rate, float Epsilon, float Keep);
