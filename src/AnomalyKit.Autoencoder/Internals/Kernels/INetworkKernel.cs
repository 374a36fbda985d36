namespace AnomalyKit.Autoencoder.Kernels;

/// <summary>The loops that training and scoring spend their time in. All implementations give the same bits.</summary>
/// <remarks>
/// Matrices are row-major; strides are multiples of <see cref="KernelShape.Lane"/> floats and padding holds zeros. Row counts are multiples of
/// <see cref="KernelShape.RowTile"/>: callers pad with rows that they do not read. A panel is the transpose of a few rows: a line of one float per row for each
/// unit, so that vectors run over rows, weights are read once for many of them, and no layer ends in a sum across a vector.
/// </remarks>
internal unsafe interface INetworkKernel
{
    /// <summary>y = x W + bias. Each output is one chain of fused multiply-adds in the order of the inputs.</summary>
    /// <param name="x">Rows of inputs.</param>
    /// <param name="xStride">Floats a row of x.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="weights">One row of <paramref name="yStride"/> weights an input.</param>
    /// <param name="inputs">The number of inputs that are multiplied.</param>
    /// <param name="bias">What the sums begin with, or null for zero.</param>
    /// <param name="y">Receives the outputs.</param>
    /// <param name="yStride">Floats a row of y.</param>
    /// <param name="outputs">The number of outputs that are needed; more are written, up to the stride.</param>
    void Affine(float* x, int xStride, int rows, float* weights, int inputs, float* bias, float* y, int yStride, int outputs);

    /// <summary>Adds xᵀ y to a matrix of one row of <paramref name="yStride"/> floats an input: the gradient of weights.</summary>
    void AddProducts(float* x, int xStride, int inputs, float* y, int yStride, int outputs, int rows, float* products);

    /// <summary>Adds the sum of all rows of y to a vector: the gradient of biases.</summary>
    void AddRows(float* y, int yStride, int rows, float* sums);

    /// <summary>values = activation(values).</summary>
    void Activate(NetworkActivation activation, float* values, int count);

    /// <summary>values = activation(values), slopes = its derivative there.</summary>
    void ActivateWithSlopes(NetworkActivation activation, float* values, float* slopes, int count);

    /// <summary>values = values · factors, element by element.</summary>
    void Multiply(float* values, float* factors, int count);

    /// <summary>destination = min(max(source, −limit), limit).</summary>
    void Limit(float* source, float limit, float* destination, int count);

    /// <summary>differences = (outputs − targets) · factor for each row, where the factors are one per row; errors receive Σ (outputs − targets)² of each row, unscaled.</summary>
    void Differences(float* outputs, float* targets, int stride, int rows, float* factors, float* differences, float* errors);

    /// <summary>left = left + right.</summary>
    void Add(float* left, float* right, int count);

    /// <summary>One step of Adam.</summary>
    void AdamStep(float* weights, float* gradients, float* means, float* squares, int count, in AdamStepSize step);

    /// <summary>Turns rows into a panel, and into a second one of limited cells: min(max(cell, −limit), limit).</summary>
    /// <param name="rows">Row-major cells without padding.</param>
    /// <param name="count">A multiple of <see cref="KernelShape.Lane"/>.</param>
    /// <param name="columns">Cells a row.</param>
    /// <param name="limit">What cells are limited to.</param>
    /// <param name="panel">Receives the cells.</param>
    /// <param name="limited">Receives the limited cells.</param>
    /// <param name="stride">Floats a line of the panels.</param>
    void ToPanels(float* rows, int count, int columns, float limit, float* panel, float* limited, int stride);

    /// <summary>A layer over a panel: the same chains of fused multiply-adds as <see cref="Affine"/>, so the same bits.</summary>
    /// <param name="x">The inputs' panel.</param>
    /// <param name="inputs">The lines of it that are multiplied.</param>
    /// <param name="weights">One row of <paramref name="weightStride"/> weights an input.</param>
    /// <param name="weightStride">Floats a row of weights.</param>
    /// <param name="bias">What the sums begin with, or null for zero.</param>
    /// <param name="outputs">The lines that are needed; more are written, up to a multiple of eight.</param>
    /// <param name="panel">What shape the matrix has and what becomes of the sums.</param>
    /// <param name="y">Receives the outputs' panel.</param>
    /// <param name="rows">A multiple of <see cref="KernelShape.Lane"/>.</param>
    /// <param name="stride">Floats a line of both panels.</param>
    void PanelAffine(float* x, int inputs, float* weights, int weightStride, float* bias, int outputs, PanelProduct panel, float* y, int rows, int stride);

    /// <summary>The sums of a full matrix as <see cref="PanelAffine"/> makes them, less another panel.</summary>
    void PanelAffineLess(float* x, int inputs, float* weights, int weightStride, float* bias, int outputs, float* subtracted, float* y, int rows, int stride);

    /// <summary>A layer over one row: the same chains as <see cref="PanelAffine"/>, side by side over outputs.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="inputs">How many of them are multiplied.</param>
    /// <param name="weights">One row of <paramref name="weightStride"/> weights an input.</param>
    /// <param name="weightStride">Floats a row of weights.</param>
    /// <param name="bias">What the sums begin with, or null for zero.</param>
    /// <param name="outputs">The outputs that are needed; more are written, up to the stride.</param>
    /// <param name="product">What shape the matrix has and what becomes of the sums.</param>
    /// <param name="y">Receives the outputs.</param>
    void RowAffine(float* x, int inputs, float* weights, int weightStride, float* bias, int outputs, PanelProduct product, float* y);

    /// <summary>differences = outputs − targets, line by line.</summary>
    void PanelDifferences(float* outputs, float* targets, int columns, float* differences, int rows, int stride);

    /// <summary>Multiplies each line with its own factor.</summary>
    void PanelScale(float* values, float* factors, int columns, float* scaled, int rows, int stride);

    /// <summary>
    /// The mean square of each row of a panel: sixteen chains that are added as a fixed tree, divided by the columns. What is not a finite number becomes the
    /// largest one.
    /// </summary>
    void PanelMeanSquares(float* values, int columns, float* means, int rows, int stride);
}
